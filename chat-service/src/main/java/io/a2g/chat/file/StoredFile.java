package io.a2g.chat.file;

/**
 * What the store knows of a file.
 *
 * @param key 32 hex digits
 * @param size bytes
 * @param sha256 of the bytes, 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredFile(String key, long size, byte[] sha256) {}
