"""收集: from any department's file to a checked table; what does not pass waits in 待订正."""
