package dev.gserver.races;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A Selector without a kernel, so that Lincheck sees all that a wait depends on. It reports {@link FakeSocket}s that have
 * room, level-triggered; and as the real one it remembers a wakeup that comes before the wait, and looks at an interest
 * set only when a wait begins. A wait never ends because of the time. Its monitor guards its fields.
 */
final class FakeSelector extends AbstractSelector {
    private final Set<SelectionKey> keys = new LinkedHashSet<>();
    private final Set<SelectionKey> selected = new LinkedHashSet<>();
    private boolean woken;

    FakeSelector(SelectorProvider provider) {
        super(provider);
    }

    private final class Key extends AbstractSelectionKey {
        private final SelectableChannel channel;
        private int interest;
        private int ready;

        Key(SelectableChannel channel) {
            this.channel = channel;
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public Selector selector() {
            return FakeSelector.this;
        }

        @Override
        public int interestOps() {
            return interest;
        }

        @Override
        public SelectionKey interestOps(int ops) {
            interest = ops;
            return this;
        }

        @Override
        public int readyOps() {
            return ready;
        }
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
        Key key = new Key(channel);
        key.attach(attachment);
        key.interestOps(ops);
        keys.add(key);
        return key;
    }

    @Override
    public synchronized int select(long timeout) {
        while (!woken && !report()) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        woken = false;
        return selected.size();
    }

    private boolean report() {
        for (SelectionKey key : keys) {
            Key own = (Key) key;
            own.ready = own.interest & ((FakeSocket) own.channel).readyOps();
            if (own.isValid() && own.ready != 0) {
                selected.add(own);
            }
        }
        return !selected.isEmpty();
    }

    @Override
    public int select() {
        return select(0);
    }

    @Override
    public int selectNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized Selector wakeup() {
        woken = true;
        notifyAll();
        return this;
    }

    /** A socket has room now. */
    synchronized void changed() {
        notifyAll();
    }

    @Override
    public Set<SelectionKey> keys() {
        return keys;
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        return selected;
    }

    @Override
    protected void implCloseSelector() {
        keys.clear();
    }
}
