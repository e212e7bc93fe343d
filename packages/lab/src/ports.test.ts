import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePorts } from './ports.ts'

it('finds ports that are free, each once, where no connection of others begins', async () => {
  const ports = await freePorts(40)
  expect(new Set(ports).size).toBe(40)
  expect(ports.filter((port) => port < 20_000 || port >= 32_768)).toEqual([])
  const servers = ports.map((port) => createServer().listen(port, '127.0.0.1'))
  await Promise.all(servers.map((server) => new Promise((listening) => server.once('listening', listening))))
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
})
