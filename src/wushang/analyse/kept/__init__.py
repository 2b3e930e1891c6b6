"""常用表: kept questions of the cube, opened and sent with the scope of whoever gets them."""
