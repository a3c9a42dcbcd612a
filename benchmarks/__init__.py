"""Benchmarks that measure speed against a peer in the same run."""
