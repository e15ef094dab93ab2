package org.camseal.authority.register;

import java.time.Instant;
import org.camseal.authority.ProductionOrder;

/**
 * An order and what the register adds to it.
 *
 * @param used how many serials were given under it
 * @param challenge what attestations must be fresh for; 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OrderState(ProductionOrder order, long used, byte[] challenge, Instant addedAt) {}
