"""How static files are stored: hashed names, compressed beside."""

from typing import Any

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class QuickCompressor(Compressor):
    """Brotli at 8: a tenth larger than at 11 (1.61 MB for 1.46), in 0.3 s instead of 10."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return brotli.compress(data, quality=8)


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Django's manifest storage with WhiteNoise's compression, the quick one."""

    def create_compressor(self, **options: Any) -> Compressor:
        return QuickCompressor(**options)
