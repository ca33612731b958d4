package parley.console.reach;

import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

import java.io.IOException;

/// Public key authentication with a key that the agent holds.
final class AgentAuth extends AbstractAuthMethod {
    private final Agent agent;
    private final Agent.Key key;

    AgentAuth(Agent agent, Agent.Key key) {
        super("publickey");
        this.agent = agent;
        this.key = key;
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return request(false);
    }

    @Override
    public void handle(Message message, SSHPacket packet)
            throws UserAuthException, TransportException {
        if (message != Message.USERAUTH_60) {
            super.handle(message, packet);
            return;
        }
        SSHPacket request = request(true);
        try {
            byte[] signed =
                    new Buffer.PlainBuffer()
                            .putString(params.getTransport().getSessionID())
                            .putBuffer(request)
                            .getCompactData();
            request.putBytes(agent.sign(key, signed));
        } catch (IOException failure) {
            throw new UserAuthException("the agent did not sign: " + failure.getMessage(), failure);
        }
        params.getTransport().write(request);
    }

    private SSHPacket request(boolean signed) throws UserAuthException {
        try {
            SSHPacket packet = super.buildReq();
            packet.putBoolean(signed);
            packet.putString(key.algorithm());
            packet.putBytes(key.blob());
            return packet;
        } catch (IOException failure) {
            throw new UserAuthException(failure);
        }
    }
}
