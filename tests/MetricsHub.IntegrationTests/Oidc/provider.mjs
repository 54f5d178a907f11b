// A real OpenID provider on a free loopback port, for the tests of access. It prints its address and ends with its standard input.
//
// Besides what a provider does it signs what a test asks for with its own key, so that a token can be wrong in one thing and right in all
// others (POST /test/sign), and takes new keys (POST /test/rotate).
import { createServer } from 'node:http';
import { createPublicKey, createPrivateKey, createHmac, webcrypto } from 'node:crypto';

// Debian's Node.js 18 has it under another name.
globalThis.crypto ??= webcrypto;
const { default: Provider } = await import('oidc-provider');
const { exportJWK, generateKeyPair, SignJWT } = await import('jose');

const audience = 'metricshub';
const people = {
  reader: { roles: ['MetricsHub.Reader'], name: 'A reader' },
  surrey: { roles: ['MetricsHub.Surrey', 'Something.Else'] },
  several: { roles: ['MetricsHub.Surrey', 'MetricsHub.Declarer'] },
  nobody: { roles: ['Something.Else'] },
};

const server = createServer((request, response) => answer(request, response));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

let generation = 0;
let current = await start();
process.stdin.on('end', () => process.exit(0)).resume();
console.log(`provider answers at ${issuer}`);

/** A provider with keys that it has just drawn. */
async function start() {
  const kid = `key-${++generation}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid, use: 'sig', alg: 'RS256' };
  const provider = new Provider(issuer, {
    jwks: { keys: [jwk] },
    cookies: { keys: ['of the tests'] },
    clients: Object.keys(people).map((client_id) => ({
      client_id,
      client_secret: 'of the tests',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_post',
    })),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => ({
          scope: '',
          audience: new URL(resource).pathname.slice(1),
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: (_, token) => people[token.clientId],
  });
  return { jwk, privateKey, kid, handle: provider.callback() };
}

async function answer(request, response) {
  if (request.url === '/test/rotate') {
    current = await start();
    response.end();
  } else if (request.url === '/test/sign') {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    response.end(await sign(JSON.parse(Buffer.concat(chunks).toString())));
  } else {
    current.handle(request, response);
  }
}

/** A token that is right but for what is asked for: members of the header or of the claims, null to leave one out. */
async function sign({ header = {}, claims = {}, by = 'provider' }) {
  const now = Math.floor(Date.now() / 1000);
  const body = without({ iss: issuer, aud: audience, sub: 'reader', iat: now, exp: now + 300, roles: ['MetricsHub.Reader'], ...claims });
  const head = without({ alg: 'RS256', typ: 'at+jwt', kid: current.kid, ...header });
  switch (by) {
    case 'provider':
      return new SignJWT(body).setProtectedHeader(head).sign(current.privateKey);
    case 'a stranger':
      return new SignJWT(body).setProtectedHeader(head).sign((await generateKeyPair('RS256')).privateKey);
    case 'nobody':
      return `${encode({ ...head, alg: 'none' })}.${encode(body)}.`;
    case 'the public key': {
      // What everybody can read, taken for a shared secret.
      const secret = createPublicKey(createPrivateKey({ key: current.jwk, format: 'jwk' })).export({ type: 'spki', format: 'pem' });
      const signed = `${encode({ ...head, alg: 'HS256' })}.${encode(body)}`;
      return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
    }
    default:
      throw new Error(`Nobody signs as '${by}'.`);
  }
}

function without(members) {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

function encode(members) {
  return Buffer.from(JSON.stringify(members)).toString('base64url');
}
