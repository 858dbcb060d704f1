package io.lastack.transport.tyrus.load;

import java.util.List;
import java.util.Map;

/** A server under load. */
interface Host {

    int port();

    /** What is asked of this kind of server alone. */
    Map<String, Long> answer(List<String> words) throws Exception;
}
