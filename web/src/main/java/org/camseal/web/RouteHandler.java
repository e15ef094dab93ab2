package org.camseal.web;

/** Answers requests of one route. Called on a virtual thread of the request's own, so it may block. */
@FunctionalInterface
public interface RouteHandler {
    /**
     * @throws WebException to refuse; {@link WebException.Refused} chooses the status, others mean a server behind this one failed (502)
     */
    WebResponse handle(WebRequest request) throws WebException;
}
