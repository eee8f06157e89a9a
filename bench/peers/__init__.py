"""How fast is Nachlese beside what one would take instead? The same articles and queries, each engine by itself.

articles -> queries -> one process for each peer -> results as JSON -> tables and charts.
`python -m bench.peers --help` starts it, bench/README.md explains what is measured and how.
"""
