"""Every act on a warning, one file each."""
