package io.lastack.testkit.transport;

import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.client.Connector;
import io.lastack.memory.MemoryLink;
import io.lastack.memory.MemoryTransport;

/** The transport that joins clients and engine in one process. */
class MemoryTransportContractTest extends TransportContract {

    @Override
    protected TransportUnderTest start(ImEngine served) {
        ImRuntime runtime = ImRuntime.system();
        MemoryTransport memory = MemoryTransport.to(served, runtime);
        return new TransportUnderTest() {
            @Override
            public Connector connector() {
                return memory;
            }

            @Override
            public void cut() {
                memory.links().forEach(MemoryLink::cut);
            }

            @Override
            public void freeze() {
                memory.links().forEach(MemoryLink::freeze);
            }

            @Override
            public void close() {
                runtime.close();
            }
        };
    }
}
