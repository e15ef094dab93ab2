package org.camseal.onvif;

import java.util.List;
import org.camseal.onvif.wire.XmlElement;

/** One service: a namespace, where it is, and its operations. */
interface OnvifService {
    /** Of its requests and answers. */
    String namespace();

    /** Where it is. */
    String path();

    /** Of the service's specification. */
    Version version();

    /** What GetServices shows beside it on demand, the answer of GetServiceCapabilities. */
    XmlElement capabilities(Call call);

    List<Operation> operations();

    /** Major and minor number, as ONVIF counts: year and month. */
    record Version(int major, int minor) {}
}
