package org.camseal.authority.registration;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.Register;
import org.camseal.authority.register.Untold;

/**
 * Brings to the authority behind this one what was revoked in the register here, and writes down that it has been told, or that people have
 * to tell it. What is revoked here counts here at once, told or not; what was not told is tried again by whoever calls next. Several may do so
 * at a time: the other authority hears of it twice then, and the register writes it once.
 */
public final class Forwarding {
    private static final int PAGE = 100;

    private final Register register;
    private final Issuing issuing;

    /** @param issuing whose certificates are meant */
    public Forwarding(Register register, Issuing issuing) {
        this.register = register;
        this.issuing = issuing;
    }

    /**
     * Deals with all that is not dealt with yet; one that fails does not hold up the others.
     *
     * @return what was told, or written down for people to tell; empty where certificates are revoked here
     * @throws AuthorityException.Upstream the first failure, after all were tried; the others stay told
     * @throws AuthorityException if the register cannot be read or written
     */
    public List<Untold> tellAll() throws AuthorityException, InterruptedException {
        List<Untold> told = new ArrayList<>();
        Optional<AuthorityException.Upstream> fault = Optional.empty();
        List<Untold> page = register.untold(issuing.authority(), -1, PAGE);
        while (!page.isEmpty()) {
            for (Untold next : page) {
                try {
                    if (deal(next)) {
                        told.add(next);
                    }
                } catch (AuthorityException.Upstream e) {
                    fault = fault.or(() -> Optional.of(e));
                }
            }
            page = register.untold(issuing.authority(), page.getLast().revocation(), PAGE);
        }
        if (fault.isPresent()) {
            throw fault.get();
        }
        return List.copyOf(told);
    }

    /** The same about one certificate, if it is one that was revoked and not dealt with yet. */
    void tell(BigInteger number) throws AuthorityException, InterruptedException {
        Optional<Untold> one = register.untold(issuing.authority(), number);
        if (one.isPresent()) {
            boolean _ = deal(one.get());
        }
    }

    /** False if somebody else did meanwhile, or there is nothing to do. */
    private boolean deal(Untold untold) throws AuthorityException, InterruptedException {
        return switch (issuing.revoking()) {
            case Revoking.Here _ -> false;
            case Revoking.Elsewhere(Revoking.Telling telling) -> {
                telling.tell(untold.certificate(), untold.revoked());
                yield written(untold, "revocation-forwarded", "the authority behind this one has revoked it");
            }
            case Revoking.ByHand _ ->
                written(
                        untold,
                        "revocation-by-hand",
                        "the operators of the authority behind this one have to be asked");
        };
    }

    private boolean written(Untold untold, String event, String detail)
            throws AuthorityException, InterruptedException {
        return register.write(ledger -> {
            if (!ledger.setTold(untold)) {
                return false;
            }
            ledger.audit(
                    "authority",
                    event,
                    untold.certificate().subject().serial(),
                    detail + ": number " + untold.revoked().certificateSerial().toString(16) + ", "
                            + untold.revoked()
                                    .reason()
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '-'));
            return true;
        });
    }
}
