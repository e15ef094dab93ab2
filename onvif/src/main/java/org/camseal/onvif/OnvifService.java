package org.camseal.onvif;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.camseal.onvif.login.AccessClass;
import org.camseal.onvif.wire.XmlElement;

/**
 * One service: a namespace, where it is, and its operations.
 *
 * @param namespace of its requests and answers
 * @param version of the service's specification
 * @param capabilities what it can, as {@code GetServiceCapabilities} answers it and {@code GetServices} shows it on demand
 * @param operations all but {@code GetServiceCapabilities}, which every service has
 */
record OnvifService(
        String namespace,
        String path,
        Version version,
        Function<Call, XmlElement> capabilities,
        List<Operation> operations) {
    OnvifService {
        operations = List.copyOf(operations);
    }

    /** Major and minor number, as ONVIF counts: year and month. */
    record Version(int major, int minor) {}

    /** All that can be asked. */
    List<Operation> offered() {
        List<Operation> all = new ArrayList<>(operations);
        all.add(new Operation(
                "GetServiceCapabilities", AccessClass.PRE_AUTH, call -> List.of(capabilities.apply(call))));
        return all;
    }
}
