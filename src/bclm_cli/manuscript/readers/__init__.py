"""The formats of manuscripts, a file each: see `Format` in `bclm_cli.manuscript`."""
