"""Knowledge of Danish and English: dictionaries, lemmas, stop words, and how alike texts are."""
