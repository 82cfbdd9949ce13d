"""Measurements that stand behind the decision records; each part makes its own data and its own server."""
