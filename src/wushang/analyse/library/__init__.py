"""Theme library (专题库): five boards of what data there are, from whom, how fresh, how good, to look up and take away."""
