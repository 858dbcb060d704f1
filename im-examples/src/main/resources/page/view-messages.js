import { timeline } from './timeline.js';
import { t } from './strings.js';
import { createRow, updateRow } from './view-rows.js';

/** Rows at first, rows per step while scrolling, and rows at most: a conversation of any length costs the same. */
const TAIL = 80;
const STEP = 60;
const MOST = 240;
/** How near to an end of what is shown, in pixels, the next step is taken; and what counts as the very bottom. */
const NEAR = 400;
const BOTTOM = 40;

const scroller = document.getElementById('scroller');
const list = document.getElementById('messages');
const jump = document.getElementById('jump');

/**
 * The messages of the open conversation. Either it follows the newest (`#follows`), or somebody scrolled up: then it
 * shows the stretch from `#from`, and whatever is inserted or dropped, the row under the eyes stays where it is.
 */
export class MessagesView {
  #client;
  #actions;
  #conversation;
  #follows = true;
  #from;
  /** Index after the last message shown, and whether that was the newest when it was drawn. */
  #end = 0;
  #reachesNewest = true;
  #elements = new Map();
  #scheduled = false;
  /** Where the line "New" goes: above the first message that was unread when the conversation was opened. */
  #readBefore;
  #newSeq;
  #placed = false;

  constructor(client, actions) {
    this.#client = client;
    this.#actions = actions;
    ['messages', 'receipts'].forEach((event) => client.store.on(event, (id) => this.#changed(id)));
    client.store.on('online', () => this.#renderSoon());
    client.store.on('cleared', () => this.#conversation && this.open(this.#conversation.id));
    scroller.onscroll = () => this.#scrolled();
    jump.onclick = () => this.toNewest();
    ['focus', 'resize'].forEach((event) => window.addEventListener(event, () => this.#renderSoon()));
    document.addEventListener('visibilitychange', () => this.#renderSoon());
    new ResizeObserver(() => this.#follows && this.#toBottom()).observe(scroller);
  }

  open(id) {
    this.close();
    this.#conversation = this.#client.store.obtain(id);
    this.#readBefore = this.#conversation.unread > 0 ? this.#conversation.lastRead : undefined;
    this.#renderSoon();
  }

  close() {
    if (this.#conversation) {
      this.#client.store.pin(this.#conversation.id, false);
    }
    this.#conversation = undefined;
    this.#follows = true;
    this.#from = undefined;
    this.#newSeq = undefined;
    this.#placed = false;
    this.#elements.clear();
    list.replaceChildren();
  }

  /** To an earlier message, if it is among what is here; otherwise as far up as it goes, which loads more. */
  goTo(seq) {
    const index = this.#conversation.messages.findIndex((message) => message.seq === seq);
    if (index < 0) {
      scroller.scrollTop = 0;
      return;
    }
    this.#follows = false;
    this.#from = this.#conversation.messages[Math.max(0, index - STEP)].seq;
    this.#render();
    const row = list.querySelector(`[data-seq="${seq}"]`);
    row?.scrollIntoView({ block: 'center' });
    row?.animate([{ opacity: 0.3 }, { opacity: 1 }], { duration: 900 });
  }

  toNewest() {
    this.#follows = true;
    this.#from = undefined;
    this.#render();
  }

  #changed(id) {
    if (id === this.#conversation?.id) {
      this.#renderSoon();
    }
  }

  #renderSoon() {
    if (!this.#scheduled) {
      this.#scheduled = true;
      requestAnimationFrame(() => {
        this.#scheduled = false;
        this.#render();
      });
    }
  }

  #render() {
    if (!this.#conversation) {
      return;
    }
    const rows = this.#rows();
    const anchor = this.#follows ? undefined : this.#anchor();
    this.#reconcile(rows);
    if (anchor) {
      scroller.scrollTop += anchor.element.offsetTop - anchor.top;
    } else if (this.#follows) {
      this.#toBottom();
    }
    this.#placeAtNew();
    this.#settle();
    this.#askWhoRead();
  }

  #rows() {
    const { id, messages, hasOlder } = this.#conversation;
    const [start, end] = this.#stretch();
    this.#end = end;
    this.#reachesNewest = end === messages.length;
    this.#findNew();
    const rows = timeline({
      conversation: this.#conversation,
      messages: messages.slice(start, end),
      afterSeq: messages[start - 1]?.seq ?? 0,
      pending: this.#reachesNewest ? this.#client.outbox.of(id) : [],
      newSeq: this.#newSeq,
      me: this.#client.me,
      stateOf: (seq) => this.#stateOf(seq),
    });
    if (start === 0) {
      rows.unshift({ type: hasOlder ? 'loading' : 'start', key: hasOlder ? 'loading' : 'start' });
    }
    return rows;
  }

  /** First and last index (exclusive) of the messages to show. */
  #stretch() {
    const count = this.#conversation.messages.length;
    if (this.#from === undefined) {
      return [Math.max(0, count - TAIL), count];
    }
    const start = this.#indexOf(this.#from);
    if (!this.#follows) {
      return [start, Math.min(count, start + MOST)];
    }
    if (count - start > MOST) {
      this.#from = undefined;
      return this.#stretch();
    }
    return [start, count];
  }

  #indexOf(seq) {
    const index = this.#conversation.messages.findIndex((message) => message.seq >= seq);
    return index < 0 ? this.#conversation.messages.length : index;
  }

  #findNew() {
    const { messages, oldestSeq, hasOlder } = this.#conversation;
    const known = oldestSeq <= this.#readBefore + 1 || !hasOlder;
    if (this.#newSeq === undefined && this.#readBefore !== undefined && known) {
      const isNew = ({ seq, sender, revises }) => seq > this.#readBefore && sender !== this.#client.me && !revises;
      this.#newSeq = messages.find(isNew)?.seq;
    }
  }

  #stateOf(seq) {
    const { id, kind } = this.#conversation;
    const { delivered, read } = this.#conversation.reachOf(seq);
    const state = read > 0 && read >= (this.#conversation.audienceOf(seq) ?? Infinity) ? 'read' : 'delivered';
    return {
      state: delivered === 0 ? 'sent' : state,
      read: kind === 'group' && this.#client.readBy.isExact(id, seq) ? read : undefined,
    };
  }

  /** A message row under the eyes that will still be there afterwards, and where it is. */
  #anchor() {
    const [start] = this.#stretch();
    const first = this.#conversation.messages[start]?.seq ?? 0;
    const element = [...list.children].find(
      (item) => Number(item.dataset.seq) >= first && item.offsetTop + item.offsetHeight > scroller.scrollTop,
    );
    return element && { element, top: element.offsetTop };
  }

  #reconcile(rows) {
    const keys = new Set(rows.map((row) => row.key));
    for (const [key, element] of this.#elements) {
      if (!keys.has(key)) {
        element.remove();
        this.#elements.delete(key);
      }
    }
    let next = list.firstElementChild;
    for (const row of rows) {
      const element = this.#elements.get(row.key) ?? createRow(row);
      this.#elements.set(row.key, element);
      updateRow(element, row, this.#conversation, this.#actions);
      if (element === next) {
        next = next.nextElementSibling;
      } else {
        list.insertBefore(element, next);
      }
    }
  }

  /** Once, after opening: what is new begins in the upper part of the view, if it does not fit as a whole. */
  #placeAtNew() {
    if (this.#placed || this.#conversation.messages.length === 0) {
      return;
    }
    this.#placed = true;
    const line = this.#elements.get('new');
    if (line) {
      scroller.scrollTop = Math.min(scroller.scrollTop, line.offsetTop - scroller.clientHeight / 4);
      this.#scrolled();
    }
  }

  #scrolled() {
    if (!this.#conversation) {
      return;
    }
    const { messages, id } = this.#conversation;
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    const follows = below < BOTTOM && this.#reachesNewest;
    if (this.#follows && !follows) {
      // From now on rows are kept: what is above must not vanish when something comes in below.
      this.#from ??= messages[Math.max(0, messages.length - TAIL)]?.seq;
    }
    this.#follows = follows;
    this.#client.store.pin(id, !follows);
    this.#settle();
  }

  /** After any change of position or content: more rows where an end is near, what was seen, the way down. */
  #settle() {
    const { messages, unread } = this.#conversation;
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    if (scroller.scrollTop < NEAR) {
      this.#stepUp();
    } else if (below < NEAR && this.#end < messages.length) {
      this.#from = messages[Math.min(messages.length - 1, this.#stretch()[0] + STEP)].seq;
      this.#renderSoon();
    }
    jump.hidden = this.#follows;
    jump.textContent = unread > 0 ? t('chat.jumpNew', { count: unread }) : t('chat.jump');
    this.#seen();
  }

  #stepUp() {
    const { id, messages, hasOlder } = this.#conversation;
    const [start] = this.#stretch();
    if (start > 0) {
      this.#from = messages[Math.max(0, start - STEP)].seq;
      this.#renderSoon();
    } else if (hasOlder && this.#client.link.online && !this.#client.isLoadingOlder(id)) {
      this.#from ??= messages[0]?.seq;
      this.#client.loadOlder(id).catch((error) => console.warn('history not loaded:', error.message));
    }
  }

  #seen() {
    const bottom = scroller.scrollTop + scroller.clientHeight;
    const { id, newestSeq } = this.#conversation;
    const visible = [...list.children].filter((item) => item.dataset.seq && item.offsetTop < bottom).at(-1);
    // At the very bottom, entries without a row of their own are seen as well.
    const seq = this.#follows ? newestSeq : Number(visible?.dataset.seq ?? 0);
    if (seq > 0) {
      this.#client.seen(id, seq);
    }
  }

  #askWhoRead() {
    const { id, kind } = this.#conversation;
    if (kind === 'group') {
      const own = [...list.querySelectorAll('.mine[data-seq]')].map((item) => Number(item.dataset.seq));
      this.#client.readBy.want(
        id,
        own.filter((seq) => seq > 0),
      );
    }
  }

  #toBottom() {
    scroller.scrollTop = scroller.scrollHeight;
  }
}
