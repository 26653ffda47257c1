"""An audit on paper: one audit, or a supervision’s worth of them, as a page and as a tagged PDF with equal contents."""
