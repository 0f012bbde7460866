/** What a file from a stranger is refused for; anything else that is thrown while it is read means that it is broken. */
export class Refused extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(reason)
    this.reason = reason
  }
}
