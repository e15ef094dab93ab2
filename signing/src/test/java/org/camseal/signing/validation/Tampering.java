package org.camseal.signing.validation;

import java.util.ArrayList;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.signing.Letters;

/**
 * What can be done to a signed stream, as text. A NAL unit is named by its letter and its number among those of that letter, from 1:
 * {@code -P5} takes it out, {@code ~P5} alters it, {@code P5<>P6} exchanges two, {@code +P5} repeats it behind itself, {@code *P5} puts a
 * strange one behind it, {@code P5>I3} moves one behind another, {@code [I2} cuts off all before it, {@code P7]} all behind it. Several
 * are separated by spaces; names are those of the stream as it was signed.
 */
final class Tampering {
    private final List<NalUnit> signed;
    private final String letters;
    private final List<NalUnit> now;

    private Tampering(List<NalUnit> signed) {
        this.signed = List.copyOf(signed);
        this.letters = Letters.of(signed);
        this.now = new ArrayList<>(signed);
    }

    static List<NalUnit> of(List<NalUnit> signed, String script) {
        Tampering tampering = new Tampering(signed);
        for (String step : script.isBlank() ? new String[0] : script.strip().split(" +")) {
            tampering.step(step);
        }
        return tampering.now;
    }

    private void step(String step) {
        char kind = step.charAt(0);
        switch (kind) {
            case '-' -> now.remove(at(step.substring(1)));
            case '~' -> now.set(at(step.substring(1)), altered(signed(step.substring(1))));
            case '+' -> now.add(at(step.substring(1)) + 1, signed(step.substring(1)));
            case '*' -> now.add(at(step.substring(1)) + 1, strange(signed(step.substring(1))));
            case '[' -> now.subList(0, at(step.substring(1))).clear();
            default -> two(step);
        }
    }

    private void two(String step) {
        if (step.endsWith("]")) {
            now.subList(at(step.substring(0, step.length() - 1)) + 1, now.size())
                    .clear();
            return;
        }
        boolean exchange = step.contains("<>");
        String[] names = step.split("<?>");
        NalUnit first = signed(names[0]);
        NalUnit second = signed(names[1]);
        if (exchange) {
            int here = at(names[0]);
            int there = at(names[1]);
            now.set(here, second);
            now.set(there, first);
        } else {
            now.remove(at(names[0]));
            now.add(at(names[1]) + 1, first);
        }
    }

    private NalUnit signed(String name) {
        int number = Integer.parseInt(name.substring(1));
        int at = -1;
        for (int i = 0; i < number; i++) {
            at = letters.indexOf(name.charAt(0), at + 1);
            if (at < 0) {
                throw new IllegalArgumentException(name + " is not in " + letters);
            }
        }
        return signed.get(at);
    }

    private int at(String name) {
        NalUnit wanted = signed(name);
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).equals(wanted)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name + " is not there any more");
    }

    /** One bit is another: far behind the header, so that it stays of the same kind. */
    static NalUnit altered(NalUnit nal) {
        byte[] bytes = nal.bytes().clone();
        bytes[bytes.length - 12] ^= 0x40; // in an SEI, this is in the signature
        return NalUnit.of(nal.codec(), bytes);
    }

    private static NalUnit strange(NalUnit nal) {
        byte[] bytes = nal.bytes().clone();
        for (int i = NalUnit.headerLength(nal.codec()) + 1; i < bytes.length; i++) {
            bytes[i] ^= 0x20;
        }
        return NalUnit.of(nal.codec(), bytes);
    }

    static Codec codec(List<NalUnit> units) {
        return units.getFirst().codec();
    }
}
