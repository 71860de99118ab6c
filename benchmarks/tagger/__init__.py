"""How the tagger is taught: marked interviews in, `deid/detect/tagger.onnx` out. See README.md beside this."""
