import type { Environment } from '@marcbachmann/cel-js'
import { isIP, isIPv4 } from 'node:net'
import { registerAuthorizer } from '../admission/cel-authorizer.ts'
import { quantities } from './cel-quantity.ts'
import { registerUrls } from './cel-url.ts'

/**
 * The functions that Kubernetes adds to CEL and the library at hand does not have.
 * Source: kubernetes.io "CEL in Kubernetes" and apiserver pkg/cel/library v0.36.
 */
export function registerKubernetesLibrary(environment: Environment): Environment {
  strings(environment)
  lists(environment)
  networks(environment)
  registerUrls(environment)
  quantities(environment)
  registerAuthorizer(environment)
  return environment
}

function strings(environment: Environment): void {
  environment
    .registerFunction(
      'string.find(string): string',
      (text: string, pattern: string) => new RegExp(pattern, 'u').exec(text)?.[0] ?? '',
    )
    .registerFunction('string.findAll(string): list<string>', (text: string, pattern: string) =>
      Array.from(text.matchAll(new RegExp(pattern, 'gu')), (each) => each[0]),
    )
    .registerFunction('string.replace(string, string): string', (text: string, from: string, to: string) =>
      text.replaceAll(from, to),
    )
    .registerFunction(
      'string.charAt(int): string',
      (text: string, index: bigint) => Array.from(text)[Number(index)] ?? '',
    )
    .registerFunction('string.reverse(): string', (text: string) => Array.from(text).reverse().join(''))
}

type Comparable = string | number | bigint | boolean | Date

function ascending(list: Comparable[]): boolean {
  return list.every((each, index) => index === 0 || !(each < (list[index - 1] ?? each)))
}

function lists(environment: Environment): void {
  environment
    .registerFunction('list.isSorted(): bool', ascending)
    .registerFunction('list.sum(): dyn', (list: (number | bigint)[]) => {
      if (list.every((each) => typeof each === 'bigint')) return list.reduce((sum, each) => sum + each, 0n)
      return list.reduce((sum: number, each) => sum + Number(each), 0)
    })
    .registerFunction('list.min(): dyn', (list: Comparable[]) =>
      list.reduce((best, each) => (each < best ? each : best)),
    )
    .registerFunction('list.max(): dyn', (list: Comparable[]) =>
      list.reduce((best, each) => (each > best ? each : best)),
    )
    .registerFunction('list.indexOf(dyn): int', (list: unknown[], value: unknown) => BigInt(list.indexOf(value)))
    .registerFunction('list.lastIndexOf(dyn): int', (list: unknown[], value: unknown) =>
      BigInt(list.lastIndexOf(value)),
    )
    .registerFunction('list.distinct(): list', (list: unknown[]) => [...new Set(list)])
}

function networks(environment: Environment): void {
  environment
    .registerFunction('isIP(string): bool', (text: string) => isIP(text) !== 0)
    .registerFunction('isCIDR(string): bool', isCidr)
}

function isCidr(text: string): boolean {
  const [address, length, ...rest] = text.split('/')
  if (address === undefined || length === undefined || rest.length > 0 || !/^\d+$/.test(length)) return false
  return isIP(address) !== 0 && Number(length) <= (isIPv4(address) ? 32 : 128)
}
