"""The readers that open what people bring; they run only in the confined child (`audit_app/limits.py`)."""
