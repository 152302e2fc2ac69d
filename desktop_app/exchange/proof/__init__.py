"""Proof: who signed what (Ed25519), who may read it (age), and whose keys are believed."""
