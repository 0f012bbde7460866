import { OUTBOX_CHANNEL } from './outbox'
import { device, refusedOf, type Refused } from './store'

/** Tells what of `owner` the server did not take, of whatever session, and again whenever something was sent, until the function returned is called. */
export function watchRefused(owner: string, tell: (refused: Refused[]) => void): () => void {
  const channel = new BroadcastChannel(OUTBOX_CHANNEL)
  const read = () => void refusedOf(owner).then(tell, () => {})
  channel.addEventListener('message', read)
  read()
  return () => channel.close()
}

/** Forgets marks that were refused, once whoever made them has seen why. */
export async function dismissRefused(seen: readonly Refused[]): Promise<void> {
  const tx = (await device()).transaction('refused', 'readwrite')
  for (const { id } of seen) await tx.store.delete(id)
  await tx.done
}
