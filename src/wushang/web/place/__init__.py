"""设置・本单位: the place's own words and every setting it lives by, to read; what changes elsewhere is linked."""
