"""Files: which paths a function opens, where they lead at run time, and what would mend those that lead nowhere."""
