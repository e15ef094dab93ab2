package org.camseal.authority.register;

import org.camseal.identity.KeyDigest;

/**
 * What a work is going to ask the ledger about, told beforehand, so that it is read for all works of a group at once. It decides nothing: a work
 * that asks about something else is answered too, only later.
 *
 * @param serial a camera's
 * @param key the key that a certificate is for
 */
public record About(String serial, KeyDigest key) {}
