import { createReadStream, readdirSync, statSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type RequestHandler, type Response, Router } from 'express'

/** What the console's build left, by URL path, with the precompressed copies beside each file. */
type Asset = { file: string; size: number; etag: string; encodings: Map<string, { file: string; size: number }> }

const encodings = { br: '.br', gzip: '.gz' } as const

/**
 * The built console. Files are looked up in a list made at start, so no request names a path on disk. Everything under
 * /assets carries a hash in its name and may be kept for ever; index.html never.
 */
export function consoleFiles(directory: string): Router {
  const assets = readAssets(directory)
  const index = assets.get('/index.html')
  if (index === undefined) throw new Error(`${directory} holds no index.html`)
  const router = Router()
  const serve: RequestHandler = async (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      next()
      return
    }
    const asset = assets.get(req.path) ?? (isPage(req.path) ? index : undefined)
    if (asset === undefined) res.status(404).type('text/plain').send('not found\n')
    else await send(asset, req.headers, res)
  }
  router.use(serve)
  return router
}

/** Addresses of pages have no extension, except below a mesh, where they may end in an object's name with dots. */
function isPage(path: string): boolean {
  return extname(path) === '' || path.startsWith('/meshes/')
}

async function send(
  asset: Asset,
  headers: Record<string, string | string[] | undefined>,
  res: Response,
): Promise<void> {
  const hashed = asset.file.includes(`${sep}assets${sep}`)
  res.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
  res.setHeader('vary', 'accept-encoding')
  res.setHeader('etag', asset.etag)
  res.type(extname(asset.file))
  if (headers['if-none-match'] === asset.etag) {
    res.status(304).end()
    return
  }
  const chosen = choose(asset, String(headers['accept-encoding'] ?? ''))
  if (chosen.encoding !== undefined) res.setHeader('content-encoding', chosen.encoding)
  res.setHeader('content-length', chosen.size)
  if (res.req.method === 'HEAD') {
    res.end()
    return
  }
  await pipeline(createReadStream(chosen.file), res).catch((error: unknown) => {
    // The browser went away: nobody is left to tell.
    if (!res.destroyed) throw error
  })
}

function choose(asset: Asset, accepted: string): { file: string; size: number; encoding?: string } {
  for (const encoding of Object.keys(encodings)) {
    const variant = asset.encodings.get(encoding)
    if (variant !== undefined && new RegExp(`\\b${encoding}\\b(?!;q=0(\\.0*)?(,|$))`).test(accepted)) {
      return { ...variant, encoding }
    }
  }
  return asset
}

function readAssets(directory: string): Map<string, Asset> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !relative(directory, file)
          .split(sep)
          .some((step) => step.startsWith('.')),
    )
  const there = new Set(files)
  const assets = new Map<string, Asset>()
  for (const file of files) {
    if (Object.values(encodings).some((suffix) => file.endsWith(suffix) && there.has(file.slice(0, -suffix.length))))
      continue
    const { size, mtimeMs } = statSync(file)
    const etag = `"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`
    const found = new Map<string, { file: string; size: number }>()
    for (const [encoding, suffix] of Object.entries(encodings)) {
      if (there.has(file + suffix)) found.set(encoding, { file: file + suffix, size: statSync(file + suffix).size })
    }
    assets.set(`/${relative(directory, file).split(sep).join('/')}`, { file, size, etag, encodings: found })
  }
  return assets
}
