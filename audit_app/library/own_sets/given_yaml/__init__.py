"""A YAML file somebody gives us, read like every untrusted file: in a confined child."""
