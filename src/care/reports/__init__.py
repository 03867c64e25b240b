"""Reports: questions across nouns, one file a section."""
