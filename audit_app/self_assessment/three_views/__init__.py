"""Three views of each judgement area side by side: what we say, what audits show, what inspectors or peers said."""
