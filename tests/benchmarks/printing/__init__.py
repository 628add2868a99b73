"""How fast papers are printed: ``python -m tests.benchmarks.printing``."""
