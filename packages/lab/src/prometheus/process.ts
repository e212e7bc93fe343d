import { execFile } from 'node:child_process'
import { get } from 'node:http'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { partEnvironment } from '../env.ts'
import { LabError } from '../lab-error.ts'
import { type Part, ready, startPart } from '../parts.ts'
import { freePorts } from '../ports.ts'
import type { RunDir } from '../run-dir.ts'

export type RunningPrometheus = { readonly part: Part; readonly port: number }

export type PrometheusSpec = {
  /** Of the part. */
  readonly name: string
  /** Where its series lie. */
  readonly data: string
  /** prometheus.yml: JSON is YAML. */
  readonly config: object
}

/** Debian's package, which `.ci/run` installs: a real Prometheus on loopback, with all it is given however old it is. */
export const startPrometheus = async (
  dir: RunDir,
  { name, data, config }: PrometheusSpec,
): Promise<RunningPrometheus> => {
  const [port = 0] = await freePorts(1)
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const file = join(data, 'prometheus.yml')
  writeFileSync(file, JSON.stringify(config))
  const args = [
    `--config.file=${file}`,
    `--storage.tsdb.path=${data}`,
    '--storage.tsdb.retention.time=100y',
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=warn',
  ]
  const part = startPart(dir, { name, command: 'prometheus', args, cwd: data })
  await ready(dir, part, { ask: () => isReady(port), forMs: 60_000 })
  return { part, port }
}

const isReady = (port: number): Promise<boolean> =>
  new Promise((done) => {
    get({ host: '127.0.0.1', port, path: '/-/ready', timeout: 2_000 }, (answer) => {
      answer.resume()
      done(answer.statusCode === 200)
    }).on('error', () => done(false))
  })

/** Puts samples in OpenMetrics' text into a folder that a Prometheus can have as its data. */
export const importSamples = (file: string, data: string): Promise<void> =>
  new Promise((done, failed) => {
    const args = ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, data]
    execFile('promtool', args, { env: partEnvironment() }, (error, stdout, stderr) => {
      if (error === null) done()
      else failed(new LabError('promtool', [stdout, stderr]))
    })
  })
