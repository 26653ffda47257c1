"""ZIP files as people take them out: a read-me worked out from what is in them, names that every computer takes."""

from audit_app.zip_files.names import is_safe, safe_name
from audit_app.zip_files.writing import READ_ME, Member, UnsafeName, ZipOut

__all__ = ["READ_ME", "Member", "UnsafeName", "ZipOut", "is_safe", "safe_name"]
