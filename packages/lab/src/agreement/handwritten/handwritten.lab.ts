import { beforeAll, expect, test } from 'vitest'
import { buildJudges, buildProxies } from '../../build.ts'
import type { Handwritten } from './base.ts'
import { judgedOtherwise, letInOtherwise, routedOtherwise } from './compare.ts'
import { outside } from './outside.ts'
import { platform } from './platform.ts'
import { routing } from './routing.ts'
import { security } from './security.ts'

const all: readonly Handwritten[] = [...routing, ...outside, ...security, ...platform]

const programs = { judges: '', proxies: '' }
beforeAll(async () => {
  const say = () => undefined
  programs.judges = await buildJudges(say)
  programs.proxies = await buildProxies(say)
})

test('each world has an idea of its own', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(all.length).toBeGreaterThanOrEqual(25)
})

test('istioctl and the webhook say of worlds written by hand what we say', async () => {
  expect(await judgedOtherwise(programs.judges, all)).toEqual([])
})

test('their requests go where istiod’s configuration sends them', async () => {
  const { asked, different } = await routedOtherwise(programs, all)
  expect(different).toEqual([])
  expect(asked).toBeGreaterThanOrEqual(70)
})

test('their calls are let in by istiod’s configuration or not, as we say', async () => {
  const { asked, different } = await letInOtherwise(programs, all)
  expect(different).toEqual([])
  expect(asked).toBeGreaterThanOrEqual(35)
})
