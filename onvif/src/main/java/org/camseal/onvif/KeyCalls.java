package org.camseal.onvif;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.camseal.onvif.keystore.KeyStatus;
import org.camseal.onvif.keystore.Keystore;
import org.camseal.onvif.login.AccessClass;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;

/** What the security service is asked about keys. They are made in the element, and each step is told to subscribers. */
final class KeyCalls {
    /** Until an element that is a program has made a key of RSA; seldom more. */
    private static final Duration RSA_IN_SOFTWARE = Duration.ofSeconds(2);

    /** Until a chip has; some need a minute. */
    private static final Duration RSA_IN_A_CHIP = Duration.ofSeconds(30);

    private final Keystore keystore;
    private final EventBoard board;
    private final InstantSource clock;

    KeyCalls(Keystore keystore, EventBoard board, InstantSource clock) {
        this.keystore = keystore;
        this.board = board;
        this.clock = clock;
    }

    List<Operation> operations() {
        return List.of(
                new Operation("GetAllKeys", AccessClass.READ_SYSTEM_SECRET, _ -> keys()),
                new Operation("GetKeyStatus", AccessClass.READ_SYSTEM_SECRET, this::status),
                new Operation("GetPrivateKeyStatus", AccessClass.READ_SYSTEM_SECRET, this::privateStatus),
                new Operation("CreateECCKeyPair", AccessClass.WRITE_SYSTEM, this::createOnCurve),
                new Operation("CreateRSAKeyPair", AccessClass.WRITE_SYSTEM, this::createRsa),
                new Operation("DeleteKey", AccessClass.UNRECOVERABLE, this::delete));
    }

    private List<XmlElement> keys() throws OnvifException.Refused {
        AssuranceLevel level = keystore.level();
        return keystore.keys().entrySet().stream().map(key -> key(key, level)).toList();
    }

    private static XmlElement key(Map.Entry<Slot, KeyStatus> key, AssuranceLevel level) {
        return SecurityElements.key(key.getKey(), key.getValue(), level);
    }

    private List<XmlElement> status(Call call) throws OnvifException.Refused {
        return List.of(SecurityElements.tas(
                "KeyStatus", keystore.status(call.needed("KeyID")).word()));
    }

    private List<XmlElement> privateStatus(Call call) throws OnvifException.Refused {
        return List.of(SecurityElements.tas("hasPrivateKey", keystore.hasPrivateKey(call.needed("KeyID"))));
    }

    private List<XmlElement> createOnCurve(Call call) throws OnvifException.Refused {
        KeySpec spec = switch (call.needed("EllipticCurve")) {
            case "secp256r1", "P-256" -> KeySpec.P256;
            case "secp384r1", "P-384" -> KeySpec.P384;
            default ->
                throw Fault.invalid("UnsupportedEllipticCurve").because("the curves here are secp256r1 and secp384r1");
        };
        return created(spec, "UnsupportedEllipticCurve", Duration.ZERO);
    }

    private List<XmlElement> createRsa(Call call) throws OnvifException.Refused {
        KeySpec spec = switch (call.needed("KeyLength")) {
            case "2048" -> KeySpec.RSA2048;
            case "3072" -> KeySpec.RSA3072;
            default -> throw Fault.invalid("KeyLength").because("keys of RSA have 2048 or 3072 bits here");
        };
        boolean software = keystore.level() == AssuranceLevel.SOFTWARE;
        return created(spec, "KeyLength", software ? RSA_IN_SOFTWARE : RSA_IN_A_CHIP);
    }

    private List<XmlElement> created(KeySpec spec, String fault, Duration estimate) throws OnvifException.Refused {
        if (!keystore.keySpecs().contains(spec)) {
            throw Fault.invalid(fault).because("this camera's element does not make keys of this kind");
        }
        AtomicReference<Optional<KeyStatus>> before = new AtomicReference<>(Optional.empty());
        String key = Slot.TLS_CUSTOM.label();
        keystore.createKey(
                spec,
                now -> board.publish(
                        new OnvifEvent.KeyChanged(clock.instant(), key, before.getAndSet(Optional.of(now)), now)));
        return List.of(SecurityElements.tas("KeyID", key), SecurityElements.tas("EstimatedCreationTime", estimate));
    }

    private List<XmlElement> delete(Call call) throws OnvifException.Refused {
        keystore.deleteKey(call.needed("KeyID"));
        return List.of();
    }
}
