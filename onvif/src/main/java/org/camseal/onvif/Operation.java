package org.camseal.onvif;

import java.util.List;
import org.camseal.onvif.login.AccessClass;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;

/**
 * One operation of a service.
 *
 * @param name of the request element; the answer is called the same with {@code Response} behind
 */
record Operation(String name, AccessClass access, Action action) {
    /** What it does. */
    @FunctionalInterface
    interface Action {
        /**
         * @return what is in the answer
         * @throws OnvifException.Refused to answer a fault instead
         */
        List<XmlElement> answer(Call call) throws OnvifException.Refused;
    }

    /** One that is known and not offered; whoever could use it is told why. */
    static Operation refused(String name, AccessClass access, String why) {
        return new Operation(name, access, _ -> {
            throw Fault.NOT_SUPPORTED.because(why);
        });
    }
}
