from engines import engine, pytest_configure

__all__ = ["engine", "pytest_configure"]
