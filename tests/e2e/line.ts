import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * `up`: everything passes. `down`: nobody answers at the other end. `hanging`: connections are taken and nothing passes.
 * `deaf`: what is asked passes, and the line breaks before the first byte of an answer.
 */
type State = 'up' | 'down' | 'hanging' | 'deaf'

/** A line between a browser and the app that can be cut as lines in a village hall are. */
export class Line {
  readonly baseUrl: string
  private state: State = 'up'
  private readonly sockets = new Set<Socket>()
  /** What was asked on connections that hang. */
  private readonly hanging = new Map<Socket, string>()

  private constructor(
    private readonly server: Server,
    target: number,
  ) {
    this.baseUrl = `http://localhost:${(server.address() as { port: number }).port}`
    server.on('connection', (near) => this.connected(near, target))
  }

  static async to(target: number): Promise<Line> {
    const server = createServer().listen(0)
    await new Promise((resolve) => server.once('listening', resolve))
    return new Line(server, target)
  }

  private connected(near: Socket, target: number) {
    near.on('error', () => {})
    this.sockets.add(near)
    near.once('close', () => {
      this.sockets.delete(near)
      this.hanging.delete(near)
    })
    if (this.state === 'down') return near.resetAndDestroy()
    if (this.state === 'hanging') {
      this.hanging.set(near, '')
      near.on('data', (part) => this.hanging.set(near, this.hanging.get(near) + String(part)))
      return
    }
    const far = connect(target, 'localhost')
    far.on('error', () => near.destroy())
    near.once('close', () => far.destroy())
    far.once('close', () => near.destroy())
    near.pipe(far)
    far.on('data', (part) => (this.state === 'deaf' ? near.resetAndDestroy() : near.write(part)))
  }

  /**
   * From now on; connections there are break, but for those whose answers are to be lost. Those that hung break also when it is up: a
   * browser has six to a host, and would wait for them.
   */
  be(state: State) {
    this.state = state
    const broken = state === 'down' || state === 'hanging' ? this.sockets : this.hanging.keys()
    for (const socket of broken) socket.resetAndDestroy()
  }

  /** The first lines of what was asked and hangs still. */
  asked = () => [...this.hanging.values()].map((asked) => asked.split('\r\n')[0])

  async close() {
    this.be('down')
    await new Promise((resolve) => this.server.close(resolve))
  }
}
