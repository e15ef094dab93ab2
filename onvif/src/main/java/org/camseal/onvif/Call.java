package org.camseal.onvif;

import java.util.Optional;
import org.camseal.onvif.login.Caller;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;

/**
 * One call of an operation.
 *
 * @param request the element in the body
 * @param host how the client reaches this camera, without port; addresses in answers are made of it, so that they are right for this
 *     client whatever is between
 * @param port how the client reaches it
 * @param subscription the last part of the path where the call is for one subscription
 */
record Call(XmlElement request, Caller caller, String host, int port, Optional<String> subscription) {
    /** The text of an argument, in the namespace of the request. */
    Optional<String> argument(String name) {
        return request.textOf(request.name().namespace(), name);
    }

    /** An argument that must be there. */
    String needed(String name) throws OnvifException.Refused {
        return argument(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> Fault.INVALID_ARGUMENT.because(request.name().local() + " needs " + name));
    }

    /** Where a service of this camera is, as this client reaches it. */
    String service(String path) {
        return "https://" + host + ":" + port + path;
    }
}
