import { expect, test } from 'vitest'
import { parseRequestUri, parseUrl } from './urls.ts'

test.each([
  ['https://a.example/keys?b#c', { scheme: 'https', host: 'a.example', port: '' }],
  ['HTTP://a:80', { scheme: 'http', host: 'a', port: '80' }],
  ['mailto:a', { scheme: 'mailto', host: '', port: '' }],
  ['/a', { scheme: '', host: '', port: '' }],
  ['*', { scheme: '', host: '', port: '' }],
  ['//a/b', { scheme: '', host: 'a', port: '' }],
  ['https://[::1]:8/a', { scheme: 'https', host: '::1', port: '8' }],
  ['https://[fe80::1%25eth0]/', { scheme: 'https', host: 'fe80::1%eth0', port: '' }],
  ['https://u:p@a/', { scheme: 'https', host: 'a', port: '' }],
  ['https://a"<>/', { scheme: 'https', host: 'a"<>', port: '' }],
])('%s is read', (text, expected) => {
  expect(parseUrl(text)).toEqual(expected)
})

test.each([
  ['a\nb', 'net/url: invalid control character in URL'],
  [':a', 'missing protocol scheme'],
  ['1:a', 'first path segment in URL cannot contain colon'],
  ['https://a:b/', 'invalid port ":b" after host'],
  ['https://a:1:2/', 'invalid port ":1:2" after host'],
  ['https://a b/', 'invalid character " " in host name'],
  ['https://a%41/', 'invalid URL escape "%41"'],
  ['https://a/%zz', 'invalid URL escape "%zz"'],
  ['https://a#%z', 'invalid URL escape "%z"'],
  ['https://a[b/', 'invalid IP-literal'],
  ['https://[::1/', "missing ']' in host"],
  ['https://[1.2.3.4]/', 'invalid IP-literal'],
  ['https://a b@c/', 'net/url: invalid userinfo'],
])('%s is none', (text, fault) => {
  expect(parseUrl(text).fault).toMatch(/^parse ".*": /s)
  expect(parseUrl(text).fault?.endsWith(`: ${fault}`)).toBe(true)
})

test('a request needs a path or a scheme', () => {
  expect(parseRequestUri('').fault).toBe('parse "": empty url')
  expect(parseRequestUri('a/b').fault).toBe('parse "a/b": invalid URI for request')
  expect(parseUrl('a/b')).toEqual({ scheme: '', host: '', port: '' })
})
