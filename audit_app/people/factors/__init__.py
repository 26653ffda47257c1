"""The second factor: a code from an authenticator app, a passkey, or a recovery code kept on paper (AU-6)."""
