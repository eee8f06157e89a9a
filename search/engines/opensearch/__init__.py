"""Where do the entries of an archive live that outgrows one machine? In a cluster of OpenSearch (extra `cluster`)."""
