"""单位档案: finding units, and all that is known of one (一企一档)."""
