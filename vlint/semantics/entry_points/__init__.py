"""Entry points: the one that the runtime takes, whether it works, and what would mend it."""
