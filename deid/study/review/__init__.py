"""A person's decisions about a study: the queue, what each act does, the word that a transcript may leave."""
