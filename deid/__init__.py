"""deid: a privacy-first de-identification pipeline for research interviews. Read pipeline.py first."""
