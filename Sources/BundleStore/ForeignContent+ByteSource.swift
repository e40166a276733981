import Archive
import JSONStream

extension ForeignContent: ByteSource {}
