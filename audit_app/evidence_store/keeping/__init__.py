"""Where files are kept: a folder, or an object store by setting; both make the same promises."""
