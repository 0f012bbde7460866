import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

const below = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    : []
const files = below('app').filter((file) => /\.(tsx?|mjs)$/.test(file) && !file.startsWith('app/generated/'))
const source = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))
const text = (file: string) => source.get(file)!
const inFolder = (folder: string) => files.filter((file) => file.startsWith(`app/${folder}/`))
/** Files right in app/routes are pages; folders in it hold parts of pages. */
const routes = files.filter((file) => /^app\/routes\/[^/]+$/.test(file))
const violations = (checked: string[], wrong: (file: string) => string[] | boolean) =>
  checked.flatMap((file) => {
    const found = wrong(file)
    return found === true ? [file] : found === false ? [] : found.map((one) => `${file}: ${one}`)
  })

/** What a file imports: files of ours as `app/…` without an ending, packages by their name. Types count too: knowing is knowing. */
function importsOf(file: string): string[] {
  const named = [...text(file).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name]) => name!)
  return named.map((name) =>
    name.startsWith('~/')
      ? `app/${name.slice(2)}`
      : name.startsWith('.')
        ? normalize(join(dirname(file), name)).replaceAll('\\', '/')
        : name,
  )
}
const reaches = (file: string, ...patterns: RegExp[]) => importsOf(file).filter((name) => patterns.some((pattern) => pattern.test(name)))

describe('imports go downwards', () => {
  test('there is something to check', () => {
    expect(routes.length).toBeGreaterThan(30)
    expect(inFolder('domain').length).toBeGreaterThan(50)
    expect(importsOf('app/routes/login.tsx')).toContain('app/platform/handlers.server')
    expect(importsOf('app/ui/form.tsx')).toContain('app/ui/form-context')
  })

  test('routes talk to the domain, not to the database, and not to other pages', () => {
    expect(
      violations(inFolder('routes'), (file) =>
        reaches(
          file,
          /^app\/generated\//,
          /^app\/platform\/(db|audit|submission|limits)\.server$/,
          /^app\/launch\//,
          /^app\/routes\/[^/]+$/,
          /^(pg|@prisma)\b/,
        ),
      ),
    ).toEqual([])
  })

  test('the domain knows no HTTP, no screen and no launcher', () => {
    expect(
      violations(inFolder('domain'), (file) =>
        reaches(file, /^@remix-run\//, /^react/, /^express$/, /^app\/(ui|routes|launch)\//, /^app\/platform\/handlers\.server$/),
      ),
    ).toEqual([])
    expect(violations(inFolder('domain'), (file) => /\bnew (Request|Response|Headers)\b/.test(text(file)))).toEqual([])
  })

  test('what is not for the server only in the domain reaches nothing that is', () => {
    const browserSafe = inFolder('domain').filter((file) => !/\.server\.ts$/.test(file))
    expect(violations(browserSafe, (file) => reaches(file, /\.server$/, /^node:/).filter((name) => !isTypeOnly(file, name)))).toEqual([])
  })

  test('the platform knows no noun', () => {
    expect(violations(inFolder('platform'), (file) => reaches(file, /^app\/(domain|ui|routes|launch)\//))).toEqual([])
  })

  test('the parts of screens import nothing from the server and no noun', () => {
    expect(violations(inFolder('ui'), (file) => reaches(file, /\.server$/, /^app\/(domain|routes|launch|generated)\//, /^node:/))).toEqual(
      [],
    )
  })

  test('what runs on a device reaches nothing of the server and no screen', () => {
    expect(inFolder('device').length).toBeGreaterThan(4)
    expect(
      violations(inFolder('device'), (file) =>
        reaches(file, /\.server$/, /^app\/(ui|routes|launch|generated|platform)\//, /^node:/, /^zod$/),
      ),
    ).toEqual([])
  })

  test('words import nothing but words', () => {
    expect(
      violations(inFolder('i18n'), (file) => importsOf(file).filter((name) => name.startsWith('app/') && !name.startsWith('app/i18n/'))),
    ).toEqual([])
  })
})

const isTypeOnly = (file: string, name: string) =>
  new RegExp(`import type [^;\\n]*['"][^'"]*${name.split('/').at(-1)!.replace('.', '\\.')}['"]`).test(text(file))

describe('requests', () => {
  /** Loaders and actions that ask nobody who they are, each for a reason that its page states. */
  const ASKS_NOBODY = [
    'app/routes/logout.ts loader',
    'app/routes/preferences.ts loader',
    'app/routes/switch-municipality.ts loader',
    'app/routes/verify._index.tsx loader',
  ]
  /** Pages outside the signed-in frame. */
  const OPEN = [
    '$',
    'accessibility',
    'invite.$token',
    'login',
    'logout',
    'preferences',
    'setup',
    'switch-municipality',
    'verify.$code',
    'verify._index',
  ]
  const BY_INSTALLATION = ['admin.system']
  /** A file for somebody signed in, without the frame of a page. */
  const FILES = [
    'certificates.$certificateId[.]pdf',
    'funder-profiles.$profileId.versions.$versionId[.]pdf',
    'scans.$scanId.image',
    'scans.$scanId.original',
    'sessions.$sessionId.sheet[.]pdf',
  ]
  /** For somebody signed in, on the room's wall or on a phone: without the frame of the other pages. */
  const IN_THE_ROOM = ['sessions.$sessionId.check-in', 'sessions.$sessionId.screen', 'sessions.$sessionId.screen_.events']
  /** What a device sends by itself, answered in JSON. */
  const BY_DEVICES = ['sessions.$sessionId.marks']

  const nameOf = (file: string) => file.slice('app/routes/'.length).replace(/\.tsx?$/, '')
  const handlersOf = (file: string) =>
    [...text(file).matchAll(/^export (?:async )?function (loader|action)\b[\s\S]*?^\}/gm)].map(([body, kind]) => ({
      kind: kind!,
      body: body!,
    }))

  test('loaders and actions are functions, so that each is seen below', () => {
    expect(
      violations(inFolder('routes'), (file) =>
        /export (const|let|var) (loader|action|clientLoader|clientAction)\b|export \{[^}]*\b(loader|action)\b/.test(text(file)),
      ),
    ).toEqual([])
    expect(
      violations(
        inFolder('routes').filter((file) => !routes.includes(file)),
        (file) => handlersOf(file).length > 0,
      ),
    ).toEqual([])
  })

  test('each asks who is asking, in the way of its page', () => {
    const wrappers = (name: string) =>
      name === '_app' || name.startsWith('_app.') || [...FILES, ...IN_THE_ROOM].includes(name)
        ? /\b(asActor|formAction)\(/
        : BY_INSTALLATION.includes(name)
          ? /\b(asInstallation|installationAction)\(/
          : BY_DEVICES.includes(name)
            ? /\bdeviceAction\(/
            : /\b(asAnyone|openFormAction)\(/
    const without = routes.flatMap((file) =>
      handlersOf(file)
        .filter(({ body }) => !wrappers(nameOf(file)).test(body))
        .map(({ kind }) => `${file} ${kind}`),
    )
    expect(without.sort()).toEqual(ASKS_NOBODY)
  })

  test('what is open to anybody is named here', () => {
    const outside = routes.map(nameOf).filter((name) => name !== '_app' && !name.startsWith('_app.'))
    expect(outside.sort()).toEqual([...OPEN, ...BY_INSTALLATION, ...FILES, ...IN_THE_ROOM, ...BY_DEVICES].sort())
  })

  test('an action reads its form in one place', () => {
    expect(violations(inFolder('routes'), (file) => /\brequest\.(formData|json|text|arrayBuffer|body)\b/.test(text(file)))).toEqual([])
  })

  test('no way to rows goes past the municipality', () => {
    expect(
      violations(
        files.filter((file) => file !== 'app/platform/db.server.ts'),
        (file) => /new PrismaClient\b/.test(text(file)),
      ),
    ).toEqual([])
    expect(
      violations(inFolder('domain'), (file) =>
        /\bconnectionPool\b|\bdatabaseOwnerUrl\b|\$queryRawUnsafe|\$executeRawUnsafe|Prisma\.raw\(/.test(text(file)),
      ),
    ).toEqual([])
  })
})

describe('files', () => {
  test('fit on a few screens', () => {
    const lines = (file: string) => text(file).trimEnd().split('\n').length
    expect(violations(files, (file) => (lines(file) > (routes.includes(file) ? 200 : 300) ? [`${lines(file)} lines`] : []))).toEqual([])
  })

  test('have names that say what is in them', () => {
    expect(
      files.filter(
        (file) =>
          /(^|\/)(utils?|helpers?|services?|managers?|misc)(\.|\/)/.test(file) &&
          !/^app\/domain\/service\/|^app\/(i18n|routes)\/.*service/.test(file),
      ),
    ).toEqual([])
  })

  test('are finished', () => {
    expect(
      violations([...files, ...below('prisma').filter((file) => /\.(ts|sql|prisma)$/.test(file))], (file) =>
        /\b(TODO|FIXME|HACK|XXX)\b/.test(source.get(file) ?? readFileSync(file, 'utf8')),
      ),
    ).toEqual([])
  })

  test('decide nothing by a clock that a test cannot set', () => {
    const now = /\bnew Date\(\s*\)|\bDate\.now\(\)|\bDateTime\.(now|local|utc)\(\s*\)/
    expect(violations(inFolder('domain'), (file) => now.test(text(file)))).toEqual([])
    expect(
      violations(
        inFolder('domain').filter((file) => file.endsWith('.server.ts')),
        (file) => /\bcurrent_date\b/i.test(text(file)),
      ),
    ).toEqual([])
  })

  test('put no style on an element: the page’s own policy would block it', () => {
    expect(
      violations(
        files.filter((file) => file.endsWith('.tsx')),
        (file) => /\bstyle=[{"]|dangerouslySetInnerHTML/.test(text(file)),
      ),
    ).toEqual([])
  })
})

describe('Bulgarian words', () => {
  const READ = ['.ts', '.tsx', '.mjs', '.md', '.sql', '.prisma', '.css', '.json', '.html', '.txt']
  const written = [...below('app'), ...below('prisma'), ...below('docs'), 'README.md']
    .filter((file) => READ.includes(extname(file)) && existsSync(file) && !file.startsWith('app/generated/'))
    .map((file) => [file, readFileSync(file, 'utf8')] as const)
  /** Lines that speak of the letters themselves. */
  const OF_LETTERS = [/translate\(regexp_replace\(lower/, /LOOK_?ALIKE/i, /\[[^\]\n]*[а-яА-Я]-[а-яА-Я][^\]\n]*\]/]

  const wrong = (pattern: RegExp) =>
    written.flatMap(([file, content]) =>
      content
        .split('\n')
        .filter((line) => !OF_LETTERS.some((one) => one.test(line)))
        .flatMap((line) => line.replace(/\\[nrtsdwbu]/g, ' ').match(pattern) ?? [])
        .map((found) => `${file}: ${found}`),
    )

  test('hold no Latin letter', () => {
    expect(written.length).toBeGreaterThan(100)
    expect(wrong(/[A-Za-z]*[A-Za-z][\u0400-\u04ff][\u0400-\u04ffA-Za-z]*|[\u0400-\u04ff]+[A-Za-z][\u0400-\u04ffA-Za-z]*/g)).toEqual([])
  })

  test('of one letter are not Latin ones', () => {
    expect(wrong(/[\u0400-\u04ff] [aceoyACEOB] [\u0400-\u04ff]/g)).toEqual([])
  })
})
