import { randomId } from './ids.js';
import { browserShelf, tabShelf } from './shelf.js';

/**
 * A device id for this user in this tab. The server lets a device connect once, so two tabs must not share an id; but
 * an id (with its outbox and positions) should outlive its tab. So ids are kept for the browser, and a tab claims one
 * that no other open tab holds, by a lock that ends with the tab.
 */
export async function claimDevice(user) {
  const mine = tabShelf.get(`device/${user}`);
  if (!navigator.locks) {
    // Plain HTTP has no locks: an id for each tab.
    return remember(user, mine ?? randomId('web'));
  }
  // A tab that reloads may have to wait a moment for the lock of the page it replaces.
  if (mine && (await hold(mine, 500))) {
    return mine;
  }
  for (const known of browserShelf.get(`devices/${user}`, [])) {
    if (await hold(known, 0)) {
      return remember(user, known);
    }
  }
  const fresh = randomId('web');
  await hold(fresh, 0);
  browserShelf.set(`devices/${user}`, [...browserShelf.get(`devices/${user}`, []), fresh]);
  return remember(user, fresh);
}

function remember(user, deviceId) {
  tabShelf.set(`device/${user}`, deviceId);
  return deviceId;
}

/** Resolves with whether the lock is held; it is then held until the tab closes. */
function hold(deviceId, patienceMillis) {
  const wait = patienceMillis > 0 ? { signal: AbortSignal.timeout(patienceMillis) } : { ifAvailable: true };
  return new Promise((resolve) => {
    const forLife = new Promise(() => {});
    navigator.locks
      .request(`lastack/${deviceId}`, wait, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : forLife;
      })
      .catch(() => resolve(false));
  });
}
